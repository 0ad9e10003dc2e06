"""Times of metrics in answers in JSON. CloudWatch writes them in seconds since 1970, MiniStack as texts."""

from datetime import datetime

from ministack.services import cloudwatch


def seconds(text) -> float:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp()


def add() -> None:
    answered = cloudwatch._json_ok

    def with_seconds(answer):
        for result in answer.get("MetricDataResults", []):
            result["Timestamps"] = [seconds(time) for time in result.get("Timestamps", [])]
        return answered(answer)

    cloudwatch._json_ok = with_seconds
