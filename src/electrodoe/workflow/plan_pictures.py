"""The pictures of a plan as files."""

from electrodoe.report.plan_page import PlanPictures


def picture_files(pictures: PlanPictures) -> dict[str, bytes]:
    """Return every picture as SVG."""
    return {f"figures/{data.name}.svg": svg.encode() for data, svg in pictures}
