"""dbt's own unit tests: one per clause of a definition that a reader could dispute."""


def test_every_disputable_clause_holds_in_the_models_as_they_stand(empty_world, dbt_project):
    outcome = dbt_project.invoke(empty_world, "test", "--select", "test_type:unit")
    passed = [item for item in outcome.result if str(item.status) in ("pass", "TestStatus.Pass")]
    assert len(passed) == len(outcome.result) >= 20
