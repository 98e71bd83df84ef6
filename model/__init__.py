"""What an internet disruption costs: a range with a stated basis, from figures that can each be traced.

The package imports neither Streamlit nor Plotly and reads no screen. Start at `model.estimation.estimate.estimate`.
"""

MODEL_VERSION = "1.2.0"
