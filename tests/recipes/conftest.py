"""What the recipes share: a copy of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from project_copy import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    copy = Project.copy_to(tmp_path / "project")
    yield copy
    copy.close()
