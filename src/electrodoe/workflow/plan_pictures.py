"""The pictures of a plan as files."""

from electrodoe.report.plan_page import PlanPictures


def picture_files(pictures: PlanPictures) -> dict[str, bytes]:
    """Return every picture as SVG and PNG."""
    files = {}
    for data, drawn in pictures:
        files[f"figures/{data.name}.svg"] = drawn.svg.encode()
        files[f"figures/{data.name}.png"] = drawn.png
    return files
