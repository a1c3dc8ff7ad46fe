"""Opens exported models with Keras and safetensors and compares them with what Millrace says.

Usage: python3 keras_reader.py FOLDER

For each NAME.keras, NAME.json has inputs and predictions, flat, and NAME.safetensors the weights.
Prints for each model its name, the largest difference, the number of equal tensors, the optimizer.
"""

import json
import os
import pathlib
import sys
import warnings

os.environ["KERAS_BACKEND"] = "jax"
warnings.filterwarnings("ignore", message="Skipping variable loading for optimizer")

import keras
import numpy as np
from safetensors import safe_open


def listed(values):
    return values if isinstance(values, (list, tuple)) else [values]


def equal_tensors(model, path):
    """Counts the tensors of the file, each of which has to be a weight of its layer, bit for bit."""
    with safe_open(path, framework="numpy") as file:
        assert file.metadata()["version"] == "7", file.metadata()
        for name in file.keys():
            layer = model.get_layer(name.split("/")[0])
            tensor = file.get_tensor(name)
            weights = [weight for weight in layer.get_weights() if weight.shape == tensor.shape]
            assert any(weight.tobytes() == tensor.tobytes() for weight in weights), name
        return len(file.keys())


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.keras")):
    model = keras.saving.load_model(path)
    expected = json.loads(path.with_suffix(".json").read_text())
    inputs = [
        np.reshape(np.array(expected["inputs"][tensor.name], "float32"), (expected["rows"], -1))
        for tensor in model.inputs]
    predictions = listed(model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0))
    difference = max(
        np.abs(prediction.reshape(-1) - np.array(values)).max()
        for prediction, values in zip(predictions, expected["outputs"], strict=True))
    tensors = equal_tensors(model, path.with_suffix(".safetensors"))
    print(path.stem, f"{difference:.3g}", tensors, model.optimizer.name, sep="\t")
