"""Chart builders: frames in, Plotly figures out; they know neither Streamlit nor the pages."""
