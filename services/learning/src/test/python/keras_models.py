"""Writes models as Keras writes them, with what they predict, for KerasPredictionsTest.

Usage: KERAS_BACKEND=torch python keras_models.py FOLDER

For each model: NAME.keras.json of model.to_json(), NAME.weights.h5 of model.save_weights(), and
NAME.predictions.json with inputs and outputs, all flat. Weights are drawn at random, statistics of
batch normalization included, so that no weight can be taken for another.
"""

import json
import pathlib
import sys

import keras
import numpy as np
from keras import layers

ROWS = 3
random = np.random.default_rng(7)


def image():
    return keras.Sequential([
        keras.Input((12, 12, 2), name="image"),
        layers.Conv2D(4, 3, padding="same", activation="relu"),
        layers.DepthwiseConv2D((3, 2), depth_multiplier=2),
        layers.SeparableConv2D(6, 3, strides=1, activation="elu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.AveragePooling2D((1, 2)),
        layers.Flatten(),
        layers.Dropout(0.3),
        layers.Dense(3, activation="softmax", name="class"),
    ], name="image_model")


def series():
    tokens = keras.Input((7,), name="tokens")
    sensors = keras.Input((6, 3), name="sensors")
    text = layers.Embedding(20, 5)(tokens)
    text = layers.Conv1D(6, 2, padding="causal", dilation_rate=2, activation="tanh")(text)
    text = layers.LayerNormalization()(text)
    text = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(text)
    text = layers.GRU(5)(text)
    curve = layers.SeparableConv1D(8, 3)(sensors)
    curve = layers.LeakyReLU(negative_slope=0.2)(curve)
    curve = layers.GlobalMaxPooling1D()(curve)
    both = layers.Concatenate()([text, curve])
    both = layers.Dense(10, activation="gelu")(both)
    short = layers.Dense(10)(text)
    both = layers.Add()([both, short])
    age = layers.Dense(1, name="age")(both)
    risk = layers.Dense(2, activation="sigmoid", name="risk")(both)
    return keras.Model([tokens, sensors], [age, risk], name="series_model")


def dense():
    return keras.Sequential([
        keras.Input((9,), name="features"),
        layers.Dense(8, activation="selu", kernel_initializer="lecun_normal"),
        layers.Dense(7, use_bias=False),
        layers.BatchNormalization(scale=False),
        layers.ReLU(),
        layers.Dense(6, activation="silu", kernel_regularizer="l2"),
        layers.ELU(),
        layers.Dense(4, activation="softplus"),
        layers.Dense(3),
        layers.Softmax(name="class"),
    ], name="dense_model")


def inputs(tensor):
    shape = (ROWS, *tensor.shape[1:])
    if tensor.name == "tokens":
        return random.integers(0, 20, shape).astype("float32")
    return random.normal(size=shape).astype("float32")


def write(folder, name, model):
    for weight in model.weights:
        value = random.normal(scale=0.5, size=weight.shape)
        weight.assign(np.abs(value) + 0.5 if "variance" in weight.path else value)
    values = [inputs(tensor) for tensor in model.inputs]
    predictions = model(values if len(values) > 1 else values[0], training=False)
    predictions = predictions if isinstance(predictions, (list, tuple)) else [predictions]
    (folder / f"{name}.keras.json").write_text(json.dumps(json.loads(model.to_json())) + "\n")
    model.save_weights(folder / f"{name}.weights.h5")
    outputs = [keras.ops.convert_to_numpy(values) for values in predictions]
    (folder / f"{name}.predictions.json").write_text(json.dumps({
        "rows": ROWS,
        "inputs": {tensor.name: flat(value) for tensor, value in zip(model.inputs, values)},
        "outputs": {
            tensor._keras_history.operation.name: flat(value)
            for tensor, value in zip(model.outputs, outputs)},
    }) + "\n")


def flat(values):
    return [float(value) for value in values.reshape(-1)]


def main():
    folder = pathlib.Path(sys.argv[1])
    for make in (image, series, dense):
        write(folder, make.__name__, make())


main()
