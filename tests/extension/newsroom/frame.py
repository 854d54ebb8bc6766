"""Our check as an expectation, on a frame of articles."""

import great_expectations as gx
import newsroom_checks.gx as newsroom
import pandas as pd

frame = pd.DataFrame(
    {
        "headline": ["BRIDGE REOPENS ON MONDAY", "Ferry stops for the winter"],
        "body": ["The bridge reopened on Monday.", "The ferry made its last trip on Sunday."],
    }
)
expectation = newsroom.ExpectNewsShoutedHeadline(max_capitals=0.8)
source = gx.get_context(mode="ephemeral").data_sources.add_pandas("articles")
asset = source.add_dataframe_asset("all").add_batch_definition_whole_dataframe("whole")
result = asset.get_batch({"dataframe": frame}).validate(expectation)
print(result.success, result.result["evidence"][0]["text"])
