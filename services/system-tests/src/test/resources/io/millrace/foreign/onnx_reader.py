"""Checks exported models with ONNX and compares ONNX Runtime with what Millrace says.

Usage: python3 onnx_reader.py FOLDER

For each NAME.onnx, NAME.json has inputs and predictions, flat. Prints for each model its name, the
largest difference, and the version that its metadata tells.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    expected = json.loads(path.with_suffix(".json").read_text())
    inputs = {
        name: np.reshape(np.array(values, "float32"), (expected["rows"], -1))
        for name, values in expected["inputs"].items()}
    predictions = session.run(None, inputs)
    difference = max(
        np.abs(prediction.reshape(-1) - np.array(values)).max()
        for prediction, values in zip(predictions, expected["outputs"], strict=True))
    version = session.get_modelmeta().custom_metadata_map["version"]
    print(path.stem, f"{difference:.3g}", version, sep="\t")
