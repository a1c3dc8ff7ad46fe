"""Writes models as Keras writes them, with what they predict, for KerasPredictionsTest.

Usage: KERAS_BACKEND=jax python keras_models.py FOLDER [keras | tf_keras]

For each model: NAME.json of model.to_json(), NAME.weights.h5.gz (Keras 2: NAME.h5.gz) of
model.save_weights(), which is zeros for the most part, and NAME.predictions.json with inputs and
outputs, all flat. Weights are drawn at random, statistics of batch normalization included, so that
no weight can be taken for another. The function `archives` writes the other forms in which Keras
keeps a model.
"""

import gzip
import importlib
import json
import pathlib
import sys

import numpy as np

keras = importlib.import_module(sys.argv[2] if len(sys.argv) > 2 else "keras")
layers = keras.layers
IS_KERAS_2 = keras.__version__.startswith("2.")
SLOPE = {"alpha": 0.2} if IS_KERAS_2 else {"negative_slope": 0.2}
ROWS = 3
random = np.random.default_rng(7)


def sequential(shape, *parts, name=None):
    return keras.Sequential([keras.Input(shape, name="features"), *parts], name=name)


def series():
    tokens = keras.Input((7,), name="tokens")
    sensors = keras.Input((6, 3), name="sensors")
    text = layers.Embedding(20, 5)(tokens)
    text = layers.Conv1D(6, 2, padding="causal", dilation_rate=2, activation="tanh")(text)
    text = layers.LayerNormalization()(text)
    text = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(text)
    text = layers.GRU(5)(text)
    curve = layers.SeparableConv1D(8, 3)(sensors)
    curve = layers.LeakyReLU(**SLOPE)(curve)
    curve = layers.GlobalMaxPooling1D()(curve)
    both = layers.Concatenate()([text, curve])
    both = layers.Dense(10, activation="gelu")(both)
    short = layers.Dense(10)(text)
    both = layers.Add()([both, short])
    age = layers.Dense(1, name="age")(both)
    risk = layers.Dense(2, activation="sigmoid", name="risk")(both)
    return keras.Model([tokens, sensors], [age, risk], name="series_model")


def dense():
    return sequential(
        (9,),
        layers.Dense(8, activation="selu", kernel_initializer="lecun_normal"),
        layers.Dense(7, use_bias=False, kernel_constraint=keras.constraints.MaxNorm(2)),
        layers.BatchNormalization(scale=False),
        layers.ReLU(),
        layers.Dense(6, activation="swish", kernel_regularizer="l2"),
        layers.ELU(),
        layers.Dense(4, activation="softplus",
                     bias_regularizer=keras.regularizers.L1L2(0.001, 0.01)),
        layers.Dense(3),
        layers.Softmax(name="class"),
    )


def activations():
    features = keras.Input((4,), name="features")
    hidden = layers.Dense(4)(features)
    names = ["linear", "relu", "leaky_relu", "elu", "selu", "gelu", "swish", "softplus", "sigmoid",
             "tanh", "softmax"]
    each = [layers.Activation(name)(hidden) for name in names]
    own = [layers.Dense(2, activation=layers.LeakyReLU(**SLOPE))(hidden),
           layers.Dense(2, activation=layers.ReLU())(hidden)]
    return keras.Model(features, layers.Concatenate(name="result")(each + own))


def conv1d():
    return sequential(
        (10, 2),
        layers.Conv1D(3, 3, strides=2, padding="same", use_bias=False),
        layers.Conv1D(2, 2, dilation_rate=2, activation="tanh"),
        layers.Flatten(),
    )


def conv2d():
    return sequential(
        (6, 7, 2),
        layers.Conv2D(3, (3, 2), strides=(2, 1), padding="same",
                      kernel_initializer=keras.initializers.RandomNormal(0, 0.1)),
        layers.BatchNormalization(axis=3),
        layers.Conv2D(2, 2, dilation_rate=(1, 2), activation="sigmoid"),
        layers.Flatten(),
    )


def depthwise_conv2d():
    return sequential(
        (5, 5, 2),
        layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, activation="relu"),
        layers.DepthwiseConv2D((2, 1), strides=2, use_bias=False),
        layers.Flatten(),
    )


def separable_conv1d():
    return sequential(
        (8, 3),
        layers.SeparableConv1D(4, 3, padding="same", depth_multiplier=2),
        layers.Flatten(),
    )


def separable_conv2d():
    return sequential(
        (6, 6, 2), layers.SeparableConv2D(3, (2, 3), use_bias=False), layers.Flatten())


def pooling1d():
    curve = keras.Input((8, 3), name="curve")
    parts = [
        layers.Flatten()(layers.MaxPooling1D(3, strides=2)(curve)),
        layers.Flatten()(layers.AveragePooling1D(2, padding="same")(curve)),
        layers.GlobalMaxPooling1D()(curve),
        layers.GlobalAveragePooling1D()(curve),
    ]
    return keras.Model(curve, layers.Concatenate()(parts))


def pooling2d():
    image = keras.Input((6, 5, 2), name="image")
    parts = [
        layers.Flatten()(layers.MaxPooling2D()(image)),
        layers.Flatten()(layers.AveragePooling2D((3, 2), strides=1, padding="same")(image)),
        layers.GlobalMaxPooling2D()(image),
        layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(image)),
    ]
    return keras.Model(image, layers.Concatenate(axis=1)(parts))


def normalizations():
    curve = keras.Input((4, 3), name="curve")
    first = layers.BatchNormalization(momentum=0.9, epsilon=1e-4)(curve)
    second = layers.LayerNormalization(epsilon=1e-5, center=False)(curve)
    third = layers.BatchNormalization(center=False, trainable=False)(curve)
    result = layers.Multiply()([first, second])
    return keras.Model(curve, layers.Flatten()(layers.Add()([result, third])))


def embedding():
    tokens = keras.Input((5,), name="tokens")
    vectors = layers.Embedding(20, 3)(tokens)
    return keras.Model(tokens, layers.Flatten()(layers.Reshape((3, -1))(vectors)))


def lstm():
    return sequential(
        (5, 3),
        layers.LSTM(4, return_sequences=True, go_backwards=True),
        layers.LSTM(2, activation="relu", recurrent_activation="tanh", use_bias=False),
    )


def gru():
    return sequential(
        (5, 3),
        layers.GRU(4, return_sequences=True),
        layers.GRU(2, use_bias=False),
    )


def bidirectional():
    curve = keras.Input((5, 3), name="curve")
    parts = [layers.Bidirectional(layers.GRU(2), merge_mode=mode)(curve)
             for mode in ("concat", "sum", "ave", "mul")]
    last = layers.Bidirectional(layers.LSTM(3), backward_layer=layers.LSTM(3, go_backwards=True))
    return keras.Model(curve, layers.Concatenate()([*parts, last(curve)]))


def noises():
    return sequential(
        (6,),
        layers.GaussianNoise(0.5),
        layers.Dense(4),
        layers.Dropout(0.5, seed=3),
        layers.Dense(2, name="result"),
    )


def inputs(tensor):
    shape = (ROWS, *tensor.shape[1:])
    if tensor.name == "tokens":
        return random.integers(0, 20, shape).astype("float32")
    return random.normal(size=shape).astype("float32")


def draw_weights(model):
    for weight in model.weights:
        value = random.normal(scale=0.5, size=weight.shape)
        is_variance = "variance" in (weight.name if IS_KERAS_2 else weight.path)
        weight.assign(np.abs(value) + 0.5 if is_variance else value)


def write(folder, name, model):
    draw_weights(model)
    values = [inputs(tensor) for tensor in model.inputs]
    predictions = model(values if len(values) > 1 else values[0], training=False)
    predictions = predictions if isinstance(predictions, (list, tuple)) else [predictions]
    (folder / f"{name}.json").write_text(json.dumps(json.loads(model.to_json())) + "\n")
    if model.weights:
        save(folder / f"{name}{'.h5' if IS_KERAS_2 else '.weights.h5'}", model.save_weights)
    (folder / f"{name}.predictions.json").write_text(json.dumps({
        "rows": ROWS,
        "inputs": {tensor.name: flat(value) for tensor, value in zip(model.inputs, values)},
        "outputs": {
            name: flat(np.asarray(value)) for name, value in zip(output_names(model), predictions)},
    }) + "\n")


def save(path, write_file):
    write_file(path)
    packed = gzip.compress(path.read_bytes(), mtime=0)
    path.with_name(path.name + ".gz").write_bytes(packed)
    path.unlink()


def flat(values):
    return [float(f"{value:.8g}") for value in values.reshape(-1)]


def output_names(model):
    is_sequential = isinstance(model, keras.Sequential)
    return [model.layers[-1].name] if is_sequential else model.output_names


def archives(folder):
    """One model in every form: an archive, weights alone, and Keras 2's whole model in HDF5."""
    model = sequential((3,), layers.Dense(2, activation="relu"), layers.Dense(1, name="result"))
    model.compile(
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        loss=keras.losses.Huber(2.0),
        metrics=["mae"])
    write(folder, "archive", model)
    model.save(folder / "archive.keras")
    if IS_KERAS_2:
        save(folder / "archive.weights.h5", model.save_weights)
        save(folder / "archive.whole.h5", model.save)


def main():
    folder = pathlib.Path(sys.argv[1])
    models = (
        series, dense, activations, conv1d, conv2d, depthwise_conv2d, separable_conv1d,
        separable_conv2d, pooling1d, pooling2d, normalizations, embedding, lstm, gru, bidirectional,
        noises)
    for make in models:
        keras.backend.clear_session()
        write(folder, make.__name__, make())
    archives(folder)


main()
