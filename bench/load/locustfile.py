"""The same load for people who use Locust: locust -f bench/load/locustfile.py --host
http://127.0.0.1:8080

PLANS names a file of plans, one JSON object a line (make_plans.py writes it). Locust is a closed
loop: its latencies do not count what waits before it is sent; bench/load/assess.py measures those.
"""

import os
import random

from locust import FastHttpUser, constant, task

with open(os.environ.get("PLANS", "build/plans.jsonl"), encoding="utf-8") as file:
    PLANS = file.read().splitlines()


class Person(FastHttpUser):
    wait_time = constant(0)

    @task(10)
    def schedule(self):
        with self.client.post(
            "/api/v1/schedule",
            data=random.choice(PLANS).encode(),
            headers={"Content-Type": "application/json"},
            catch_response=True,
        ) as answer:
            if answer.status_code != 200 or not answer.json()["entries"]:
                answer.failure("no schedule: %d" % answer.status_code)

    @task(1)
    def suggest(self):
        self.client.get(
            "/api/v1/songs?mode=suggest&q=" + random.choice("abcdefghijklmnoprstw"),
            name="/api/v1/songs",
        )
