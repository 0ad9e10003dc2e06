"""Alarms on expressions, which MiniStack's CloudFormation refuses. They are stored as written and never evaluated."""

from ministack.services.cloudformation import provisioners

# Properties of an alarm on one metric, which an alarm on an expression must not have.
OF_ONE_METRIC = ("MetricName", "Namespace", "Statistic", "Period", "Dimensions")


def add() -> None:
    record_of_one = provisioners._cw_metric_alarm_record

    def record(name: str, properties: dict) -> dict:
        metrics = properties.get("Metrics")
        if not metrics:
            return record_of_one(name, properties)
        given = [key for key in OF_ONE_METRIC if key in properties]
        if given:
            raise ValueError(f"an alarm has either Metrics or {', '.join(given)}")
        if len(metrics) > 10 or sum(query.get("ReturnData", True) for query in metrics) != 1:
            raise ValueError("an alarm has at most 10 queries, one of which returns data")
        others = {key: value for key, value in properties.items() if key != "Metrics"}
        alarm = record_of_one(name, {**others, "MetricName": "none", "Namespace": "none"})
        kept = {key: value for key, value in alarm.items() if key not in OF_ONE_METRIC}
        return {**kept, "Metrics": metrics}

    provisioners._cw_metric_alarm_record = record
