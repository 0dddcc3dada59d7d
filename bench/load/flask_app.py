"""The design that the C server replaces, at its best: Flask under gunicorn, answering a constant
without any planning.
"""

import os

from flask import Flask, Response, request

app = Flask(__name__)
ANSWER = b" " * int(os.environ.get("ANSWER_BYTES", "2000"))


@app.post("/api/v1/schedule")
def schedule():
    request.get_data()
    return Response(ANSWER, content_type="application/json")
