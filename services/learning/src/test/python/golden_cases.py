"""Makes golden cases for GoldenCasesTest, and computes those that there are anew.

    KERAS_BACKEND=jax python golden_cases.py make SPECIFICATION.json CASES.json [SEED]
    KERAS_BACKEND=jax python golden_cases.py check CASES.json...

It needs Keras 3 and JAX. A specification is a list of cases without numbers; golden_cases.json
beside this file has one of each kind. Where a case has a tensor, its specification says how to draw
one: {"draw": "normal", "shape": [4, 3]}. GoldenCasesTest reads the new file, too, from the folder
that -Dgolden.dir=FOLDER names.

On JAX, Keras squares the sum of an embedding's gradients; on TensorFlow it sums the squares, and
Millrace follows that. So a case of the kind "model" with an index that occurs twice in a batch needs
KERAS_BACKEND=tensorflow. All others need JAX, whose gradients are taken here.
"""

import inspect
import json
import sys
import types

import numpy as np

import keras

# Keras' own defaults give no single number here; these are the ones of Millrace.
METRIC_DEFAULTS = {"f1_score": {"average": "micro"}}


class NotOfKeras(Exception):
    """What a case asks for is not to be had from Keras."""


# ------------------------------------------------------------------------------------ tensors


def tensor(values):
    values = np.asarray(values)
    whole = np.issubdtype(values.dtype, np.integer)
    kind = "int32" if whole else "float32"
    numbers = [int(v) if whole else number(v) for v in values.ravel()]
    return {"shape": list(values.shape), "dtype": kind, "data": numbers}


def number(value):
    return None if np.isnan(value) else float(value)


def array(written):
    numbers = [np.nan if v is None else v for v in written["data"]]
    return np.asarray(numbers, written.get("dtype", "float32")).reshape(written["shape"])


def draw(random, how):
    """Draws a tensor, or a list of them."""
    if isinstance(how, list):
        return [draw(random, one) for one in how]
    shape = how["shape"]
    normal = random.standard_normal(shape)
    below = how.get("below", 2)
    draws = {
        "normal": lambda: normal * how.get("scale", 1),
        "positive": lambda: np.abs(normal) + 0.1,
        "uniform": lambda: random.uniform(0.02, 0.98, shape),
        "probabilities": lambda: np.exp(normal) / np.exp(normal).sum(-1, keepdims=True),
        "sign": lambda: random.integers(0, 2, shape) * 2.0 - 1,
        "binary": lambda: random.integers(0, 2, shape) * 1.0,
        "count": lambda: random.integers(0, below, shape) * 1.0,
        "index": lambda: random.integers(0, below, shape),
        "one_hot": lambda: np.eye(shape[-1])[random.integers(0, shape[-1], shape[:-1])],
    }
    drawn = draws[how["draw"]]()
    return tensor(drawn if how["draw"] == "index" else drawn.astype(np.float32))


# ------------------------------------------------------------------------------- Keras by name


def of_keras(module, definition, **more):
    """Makes what a section with a type means: mean_squared_error is MeanSquaredError."""
    options = {"type": definition} if isinstance(definition, str) else dict(definition)
    wanted = options.pop("type").replace("_", "")
    for name, made in inspect.getmembers(module, inspect.isclass):
        if name.lower() == wanted:
            try:
                return made(**more, **options)
            except (TypeError, ValueError) as e:
                raise NotOfKeras(str(e)) from e
    raise NotOfKeras(f"{module.__name__} has no {definition}")


def optimizer(definition):
    rate = definition.get("learning_rate")
    if isinstance(rate, dict):
        schedule = {"type": rate["schedule"], **{k: v for k, v in rate.items() if k != "schedule"}}
        definition = {**definition, "learning_rate": of_keras(keras.optimizers.schedules, schedule)}
    return of_keras(keras.optimizers, definition)


def layer(definition):
    options = {k: v for k, v in definition.items() if k != "inputs"}
    for key in [key for key in options if key.endswith("_regularizer")]:
        options[key] = keras.regularizers.L1L2(**options[key])
    return of_keras(keras.layers, options)


# ------------------------------------------------------------------------------------- kinds
# Each kind has inputs(specification, random), which adds what is drawn to a case, and
# answers(case), which returns what Keras computes of it.


class Layers:
    key = "layer"

    @staticmethod
    def inputs(case, random):
        built, inputs = Layers.built(case)
        case.setdefault("training", False)
        case["weights"] = {w.name: tensor(drawn_weight(w, random)) for w in built.weights}
        output = Layers.call(built, inputs, case["training"])
        case["outputGradient"] = draw(random, {"draw": "normal", "shape": list(output.shape)})

    @staticmethod
    def built(case):
        built = layer(case["layer"])
        inputs = [array(one) for one in case["inputs"]]
        Layers.call(built, inputs, False)
        for weight in built.weights:
            if weight.name in case.get("weights", {}):
                weight.assign(array(case["weights"][weight.name]))
        return built, inputs

    @staticmethod
    def call(built, inputs, training):
        more = {"training": training} if "training" in inspect.signature(built.call).parameters else {}
        return built(inputs if len(inputs) > 1 else inputs[0], **more)

    @staticmethod
    def answers(case):
        import jax

        built, inputs = Layers.built(case)
        training = case["training"]
        real = [i for i, one in enumerate(inputs) if one.dtype == np.float32]
        trainable = [w.value for w in built.trainable_variables]
        fixed = [v.value for v in built.non_trainable_variables]

        def run(weights, values):
            given = list(inputs)
            for i, value in zip(real, values):
                given[i] = value
            more = {"training": training} if "training" in inspect.signature(built.call).parameters else {}
            given = given if len(given) > 1 else given[0]
            return built.stateless_call(weights, fixed, given, **more)

        output, pullback, state = jax.vjp(run, trainable, [inputs[i] for i in real], has_aux=True)
        of_weights, of_inputs = pullback(array(case["outputGradient"]))
        answers = {
            "output": tensor(output),
            "inputGradients": [tensor(g) for g in of_inputs],
            "weightGradients": {
                w.name: tensor(g) for w, g in zip(built.trainable_variables, of_weights)
            },
        }
        after = {
            v.name: tensor(value)
            for v, value in zip(built.non_trainable_variables, state)
            if v.name.startswith("moving")
        }
        return {**answers, **({"stateAfter": after} if after else {})}


def drawn_weight(weight, random):
    """Variances are positive, and so are the factors of normalizations."""
    drawn = random.standard_normal(weight.shape) * 0.5
    positive = "variance" in weight.name or "gamma" in weight.name
    return (np.abs(drawn) + 0.5 if positive else drawn).astype(np.float32)


class Losses:
    key = "loss"

    @staticmethod
    def inputs(case, random):
        pass  # target and prediction are drawn as they are specified

    @staticmethod
    def answers(case):
        import jax

        loss = of_keras(keras.losses, case["loss"])
        target = array(case["target"])
        value, gradient = jax.value_and_grad(lambda p: loss(target, p))(array(case["prediction"]))
        return {"value": float(value), "gradient": tensor(gradient)}


class Metrics:
    key = "metric"

    @staticmethod
    def inputs(case, random):
        pass  # batches are drawn as they are specified

    @staticmethod
    def answers(case):
        defaults = METRIC_DEFAULTS.get(case["metric"]["type"], {})
        metric = of_keras(keras.metrics, {**defaults, **case["metric"]})
        try:
            for batch in case["batches"]:
                metric.update_state(array(batch["target"]), array(batch["prediction"]))
            return {"value": float(np.asarray(metric.result()).item())}
        except (TypeError, ValueError) as e:
            raise NotOfKeras(str(e)) from e


class Optimizers:
    key = "optimizer"

    @staticmethod
    def inputs(case, random):
        steps, size = case.pop("steps", 12), case.pop("size", 5)
        case["initial"] = draw(random, {"draw": "normal", "shape": [size]})["data"]
        case["gradients"] = [
            draw(random, {"draw": "normal", "shape": [size], "scale": 1 + step % 3})["data"]
            for step in range(steps)
        ]

    @staticmethod
    def answers(case):
        rule = optimizer(case["optimizer"])
        parameters = keras.Variable(np.asarray(case["initial"], np.float32))
        trajectory = []
        for gradient in case["gradients"]:
            gradient = keras.ops.convert_to_tensor(np.asarray(gradient, np.float32))
            rule.apply([gradient], [parameters])
            trajectory.append(keras.ops.convert_to_numpy(parameters).astype(float).tolist())
        return {"trajectory": trajectory}


class Initializers:
    key = "initializer"

    @staticmethod
    def inputs(case, random):
        case["seed"] = int(random.integers(1 << 30))

    @staticmethod
    def answers(case):
        made = of_keras(keras.initializers, case["initializer"], seed=case.get("seed", 1))
        drawn = keras.ops.convert_to_numpy(made(case["shape"]))
        return {
            "mean": float(drawn.mean()),
            "standardDeviation": float(drawn.std()),
            "absoluteMaximum": float(np.abs(drawn).max()),
        }


class Callbacks:
    """Early stopping and the reduction of the rate, fed with a number an evaluation."""

    key = "config"

    @staticmethod
    def inputs(case, random):
        count = case.pop("evaluations", 30)
        falling = np.concatenate([np.linspace(1, 0.3, count // 2), np.full(count - count // 2, 0.3)])
        values = falling + random.normal(0, 0.03, count)
        if case["config"].get("mode") == "max":
            values = 1.5 - values
        case["values"] = [round(float(v), 6) for v in values]

    @staticmethod
    def answers(case):
        config = dict(case["config"])
        rate = config.pop("initial_learning_rate", None)
        kind = keras.callbacks.EarlyStopping if rate is None else keras.callbacks.ReduceLROnPlateau
        model = StandIn(rate or 0.1)
        callback = kind(**config)
        callback.set_model(model)
        callback.on_train_begin({})
        rates, stopped = [], None
        for evaluation, value in enumerate(case["values"]):
            model.evaluation = evaluation
            value = float("nan") if value is None else value
            callback.on_epoch_end(evaluation, {config["monitor"]: value})
            rates.append(float(model.optimizer.learning_rate))
            if model.stop_training:
                stopped = evaluation
                break
        callback.on_train_end({})
        if rate is not None:
            return {"learningRates": rates}
        return {
            "stoppedEvaluation": stopped,
            "bestEvaluation": int(callback.best_epoch),
            "weightsOfEvaluation": model.evaluation,
        }


class StandIn:
    """A model whose weights are the number of the evaluation that they are of."""

    def __init__(self, rate):
        self.optimizer = types.SimpleNamespace(learning_rate=rate)
        self.stop_training = False
        self.evaluation = 0

    def get_weights(self):
        return self.evaluation

    def set_weights(self, weights):
        self.evaluation = weights


class Training:
    key = "model"

    @staticmethod
    def inputs(case, random):
        keras.utils.set_random_seed(int(random.integers(1 << 30)))
        model = Training.built(case)
        case["initialWeights"] = Training.weights(model)

    @staticmethod
    def built(case):
        tensors = {
            one["name"]: keras.Input(one["shape"], dtype=one.get("dtype", "float32"), name=one["name"])
            for one in case["model"]["inputs"]
        }
        inputs = list(tensors.values())
        for definition in case["model"]["layers"]:
            before = [tensors[name] for name in definition["inputs"]]
            made = layer(definition)
            tensors[definition["name"]] = made(before if len(before) > 1 else before[0])
        model = keras.Model(inputs, [tensors[name] for name in case["model"]["outputs"]])
        model.compile(
            optimizer=optimizer(case["optimizer"]),
            loss=[
                of_keras(keras.losses, {k: v for k, v in one.items() if k != "output"})
                for one in case["losses"]
            ],
        )
        return model

    @staticmethod
    def weights(model):
        return {w.path: tensor(keras.ops.convert_to_numpy(w)) for w in model.weights}

    @staticmethod
    def answers(case):
        model = Training.built(case)
        for weight in model.weights:
            weight.assign(array(case["initialWeights"][weight.path]))
        inputs = [array(one) for one in case["inputs"]]
        targets = [array(one) for one in case["targets"]]
        size, losses = case["batchSize"], []
        for begin in list(range(0, len(inputs[0]), size)) * case["epochs"]:
            rows = slice(begin, begin + size)
            model.reset_metrics()
            result = model.train_on_batch(
                [one[rows] for one in inputs], [one[rows] for one in targets], return_dict=True
            )
            losses.append(float(result["loss"]))
        return {"batchLosses": losses, "finalWeights": Training.weights(model)}


KINDS = [Layers, Losses, Metrics, Training, Optimizers, Initializers, Callbacks]


def kind_of(case):
    return next(kind for kind in KINDS if kind.key in case)


# --------------------------------------------------------------------------------------- make


def drawn(value, random):
    """Returns a specification with a tensor in the place of each that is to be drawn."""
    if isinstance(value, dict):
        return draw(random, value) if "draw" in value else {k: drawn(v, random) for k, v in value.items()}
    return [drawn(v, random) for v in value] if isinstance(value, list) else value


def make(specification, seed):
    random = np.random.default_rng(seed)
    cases = []
    for specified in specification:
        case = drawn(specified, random)
        kind = kind_of(case)
        kind.inputs(case, random)
        cases.append({**case, **kind.answers(case)})
    source = f"keras {keras.__version__}, {keras.backend.backend()}, float32"
    return {"source": source, "seed": seed, "cases": cases}


# -------------------------------------------------------------------------------------- check


def distance(expected, actual):
    """Returns the largest difference: absolute up to 1, relative beyond."""
    if isinstance(expected, dict):
        return max([distance(v, actual[k]) for k, v in expected.items() if k in actual], default=0)
    if isinstance(expected, list):
        if len(expected) != len(actual):
            return np.inf
        return max([distance(e, a) for e, a in zip(expected, actual)], default=0)
    if isinstance(expected, (int, float)) and isinstance(actual, (int, float)):
        return abs(expected - actual) / max(1, abs(expected))
    return 0 if expected == actual else np.inf


def check(file):
    with open(file) as opened:
        cases = json.load(opened)["cases"]
    distances, passed_over = {}, []
    for case in cases:
        try:
            answers = kind_of(case).answers(case)
        except NotOfKeras as e:
            passed_over.append(f"{case['name']} ({str(e).splitlines()[0][:80]})")
            continue
        distances[case["name"]] = max(distance(case[key], answers[key]) for key in answers)
    farthest = max(distances, key=distances.get) if distances else "none"
    print(f"{file}: {len(distances)} of {len(cases)} computed, "
          f"farthest {distances.get(farthest, 0):.2g} in {farthest}")
    for name in [name for name, apart in distances.items() if apart > 1e-3]:
        print(f"  apart by {distances[name]:.2g}: {name}")
    for name in passed_over:
        print(f"  not of Keras: {name}")


def main(arguments):
    if len(arguments) >= 3 and arguments[0] == "make":
        with open(arguments[1]) as opened:
            specification = json.load(opened)
        made = make(specification, int(arguments[3]) if len(arguments) > 3 else 1)
        with open(arguments[2], "w") as opened:
            json.dump(made, opened)
            opened.write("\n")
        print(f"{arguments[2]}: {len(made['cases'])} cases")
    elif len(arguments) >= 2 and arguments[0] == "check":
        for file in arguments[1:]:
            check(file)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
