"""Runs training steps of one measured network in PyTorch, as many as standard input requests.

Arguments: the network, the batch size, and `compile` to try torch.compile too. Answers on standard
output: first `ready parameters=N mode=M`, then for every line with a number of steps the nanoseconds
they took. OMP_NUM_THREADS sets the number of threads.

PyTorch has several modes for the same step, and the fastest one depends on the network. All are
tried briefly first, and the fastest is measured.
"""

import os
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    print("absent", flush=True)
    sys.exit(0)

# Batches in memory, taken in turn, with enough rows that no network memorizes them.
FEWEST_ROWS = 4096
FEWEST_BATCHES = 8
TRIAL_SECONDS = 0.25
TRIALS = 3


def dense(*widths):
    layers = []
    for width, units in zip(widths, widths[1:]):
        layers += [nn.Linear(width, units), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class TextConvolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10_000, 50)
        self.convolution = nn.Conv1d(50, 250, 3)
        self.hidden = nn.Linear(250, 250)
        self.output = nn.Linear(250, 1)

    def forward(self, tokens):  # [n, 200] -> [n, 1]
        places = self.convolution(self.embedding(tokens).transpose(1, 2)).relu()  # [n, 250, 198]
        pooled = nn.functional.max_pool1d(places, 198).squeeze(2)  # many times faster than amax
        return self.output(self.hidden(pooled).relu())


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(16, 64, batch_first=True)
        self.output = nn.Linear(64, 1)

    def forward(self, steps):  # [n, 32, 16] -> [n, 1]
        _, (last, _) = self.lstm(steps)
        return self.output(last[0])


def image_convolutions():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


def floats(*shape):
    return lambda n: torch.randn(n, *shape)


def whole_numbers(below, *shape):
    return lambda n: torch.randint(0, below, (n, *shape))


def answers(n):
    return torch.randint(0, 2, (n, 1)).float()


CROSSENTROPY = nn.functional.cross_entropy
SQUARED_ERROR = nn.functional.mse_loss
BINARY_CROSSENTROPY = nn.functional.binary_cross_entropy_with_logits

# name: model, inputs, targets, loss, optimizer
NETWORKS = {
    "a": (lambda: dense(784, 300, 200, 100, 10), floats(784), whole_numbers(10), CROSSENTROPY, "adam"),
    "b": (lambda: dense(8, 30, 1), floats(8), answers, SQUARED_ERROR, "adam"),
    "c": (lambda: dense(64, 128, 128, 3), floats(64), whole_numbers(3), CROSSENTROPY, "adam"),
    "d": (TextConvolution, whole_numbers(10_000, 200), answers, BINARY_CROSSENTROPY, "adam"),
    "e": (Recurrent, floats(32, 16), answers, SQUARED_ERROR, "adam"),
    "f": (image_convolutions, floats(1, 28, 28), whole_numbers(10), CROSSENTROPY, "adam"),
    "g": (lambda: dense(8, 64, 64, 2), floats(8), whole_numbers(2), CROSSENTROPY, "rmsprop"),
}

OPTIMIZERS = {
    "adam": {
        "fused": lambda parameters: torch.optim.Adam(parameters, fused=True),
        "foreach": lambda parameters: torch.optim.Adam(parameters, foreach=True),
        "for-loop": lambda parameters: torch.optim.Adam(parameters, foreach=False),
    },
    "rmsprop": {
        "foreach": lambda parameters: torch.optim.RMSprop(parameters, lr=1e-3, alpha=0.9, foreach=True),
        "for-loop": lambda parameters: torch.optim.RMSprop(parameters, lr=1e-3, alpha=0.9, foreach=False),
    },
}


class Step:
    """One mode of training one network. A call runs steps and returns their nanoseconds."""

    def __init__(self, mode, network, rows, optimizer, channels_last=False, compiled=False):
        make, inputs, targets, self.loss, _ = NETWORKS[network]
        torch.manual_seed(1)
        self.mode = mode
        self.model = make()
        self.batches = max(FEWEST_BATCHES, FEWEST_ROWS // rows)
        self.inputs = [inputs(rows) for _ in range(self.batches)]
        self.targets = [targets(rows) for _ in range(self.batches)]
        if channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
            self.inputs = [values.to(memory_format=torch.channels_last) for values in self.inputs]
        self.optimizer = optimizer(self.model.parameters())
        self.network = torch.compile(self.model) if compiled else self.model
        self.steps = 0

    def __call__(self, count):
        network, loss, optimizer = self.network, self.loss, self.optimizer
        begin = time.perf_counter_ns()
        for _ in range(count):
            batch = self.steps % self.batches
            optimizer.zero_grad(set_to_none=True)
            loss(network(self.inputs[batch]), self.targets[batch]).backward()
            optimizer.step()
            self.steps += 1
        return time.perf_counter_ns() - begin

    def parameters(self):
        """Counts like Keras, without the second bias of nn.LSTM, which is added to the first."""
        return sum(p.numel() for name, p in self.model.named_parameters() if "bias_hh" not in name)


def steps_of(network, rows, with_compiled):
    for name, optimizer in OPTIMIZERS[NETWORKS[network][4]].items():
        yield Step(name, network, rows, optimizer)
        if network == "f":
            yield Step(name + "+channels-last", network, rows, optimizer, channels_last=True)
        if with_compiled:
            yield Step(name + "+compiled", network, rows, optimizer, compiled=True)


def fastest(candidates):
    """Tries the candidates in turn. The lowest time counts, since noise only adds time."""
    counts, best = {}, {}
    for step in candidates:
        step(3)
        counts[step] = max(1, int(TRIAL_SECONDS * 1e9 / max(1, step(2) / 2)))
    for _ in range(TRIALS):
        for step in candidates:
            best[step] = min(best.get(step, float("inf")), step(counts[step]) / counts[step])
    return min(candidates, key=best.get)


def main():
    network, rows = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    step = fastest(list(steps_of(network, rows, "compile" in sys.argv[3:])))
    print(f"ready parameters={step.parameters()} mode={step.mode} version={torch.__version__}", flush=True)
    for line in sys.stdin:
        print(step(int(line)), flush=True)


main()
