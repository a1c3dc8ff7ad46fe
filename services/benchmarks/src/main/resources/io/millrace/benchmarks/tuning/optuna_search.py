"""The search by Optuna and PyTorch. Arguments: the CSV file, and the seed. Prints the best error and the seconds of the search."""

import sys
import time

import numpy
import optuna
import torch

TRIALS, FOLDS, EPOCHS, PATIENCE, BATCH = 20, 3, 100, 10, 32


def network(layers, units, features):
    modules = []
    for _ in range(layers):
        modules += [torch.nn.Linear(features, units), torch.nn.ReLU()]
        features = units
    return torch.nn.Sequential(*modules, torch.nn.Linear(features, 1))


def trained(layers, units, rate, x, y, validation_x, validation_y):
    """Returns the lowest mean squared error of the validation rows."""
    model = network(layers, units, x.shape[1])
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, fused=True)
    loss = torch.nn.MSELoss()
    best, since = float("inf"), 0
    for _ in range(EPOCHS):
        order = torch.randperm(len(x))
        x, y = x[order], y[order]
        for start in range(0, len(x), BATCH):
            optimizer.zero_grad(set_to_none=True)
            loss(model(x[start : start + BATCH]), y[start : start + BATCH]).backward()
            optimizer.step()
        with torch.no_grad():
            error = loss(model(validation_x), validation_y).item()
        since = 0 if error < best else since + 1
        best = min(best, error)
        if since == PATIENCE:
            break
    return best


def main(file, seed):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    rows = numpy.loadtxt(file, delimiter=",", skiprows=1, dtype=numpy.float32)
    rows = rows[numpy.random.default_rng(seed).permutation(len(rows))]
    folds = [numpy.arange(len(rows)) % FOLDS == fold for fold in range(FOLDS)]

    def score(trial):
        layers = trial.suggest_int("hidden_layers", 0, 3)
        units = trial.suggest_int("units", 1, 100) if layers else 1
        rate = trial.suggest_float("learning_rate", 3e-4, 3e-2, log=True)
        errors = []
        for held_out in folds:
            x, validation_x = rows[~held_out, :-1], rows[held_out, :-1]
            mean, deviation = x.mean(0), x.std(0)
            parts = (
                (x - mean) / deviation,
                rows[~held_out, -1:],
                (validation_x - mean) / deviation,
                rows[held_out, -1:],
            )
            errors.append(trained(layers, units, rate, *map(torch.from_numpy, parts)))
        return float(numpy.mean(errors))

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    begin = time.monotonic()
    study.optimize(score, n_trials=TRIALS)
    print(study.best_value, time.monotonic() - begin)


main(sys.argv[1], int(sys.argv[2]))
