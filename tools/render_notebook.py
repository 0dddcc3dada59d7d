#!/usr/bin/env python3
"""Run the notebook and write it as a report: its texts, tables and figures, without its code.

usage: render_notebook.py NOTEBOOK.ipynb REPORT.md FIGURE_FOLDER
Needs nbformat, nbclient, ipykernel and what the notebook imports. MUSICSCHED_CSV names the songs.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def execute(path):
    """The notebook with its outputs; an exception in a cell comes out as
    nbclient.exceptions.CellExecutionError.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return notebook


def render(notebook, report, figures, name):
    """Markdown of a notebook that has been executed; figures are written beside it."""
    parts, count = [], 0
    figures.mkdir(parents=True, exist_ok=True)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/svg+xml" in data:
                count += 1
                figure = figures / f"{name}-{count}.svg"
                lines = [line.rstrip() for line in data["image/svg+xml"].splitlines()]
                figure.write_text("\n".join(lines) + "\n", encoding="utf-8")
                title = cell.get("metadata", {}).get("figure", f"Figure {count}")
                parts.append(f"![{title}]({os.path.relpath(figure, report.parent)})")
            elif "text/markdown" in data:
                parts.append(data["text/markdown"])
            elif output.get("name") == "stdout":
                parts.append("```text\n" + output["text"].rstrip() + "\n```")
    parts.append(
        "*Made from"
        f" [{name}.ipynb]({os.path.relpath('examples/notebook/' + name + '.ipynb', 'docs')}) by"
        " tools/render_notebook.py.*"
    )
    report.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    notebook, report, figures = (Path(argument) for argument in sys.argv[1:])
    render(execute(notebook), report, figures, notebook.stem)


if __name__ == "__main__":
    main()
