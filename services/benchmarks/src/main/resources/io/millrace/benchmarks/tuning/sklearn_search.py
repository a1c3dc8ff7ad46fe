"""The search by scikit-learn's RandomizedSearchCV. Arguments: the CSV file, and the seed.

Prints the best error and the seconds of the search. Early stopping is MLPRegressor's own, on a tenth of the training rows.
"""

import sys
import time
import warnings

import numpy
from scipy.stats import loguniform
from sklearn.model_selection import KFold, RandomizedSearchCV
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TRIALS, FOLDS, EPOCHS, PATIENCE, BATCH = 20, 3, 100, 10, 32


class Layers:
    """Draws the widths of 0 to 3 hidden layers, all alike."""

    def rvs(self, random_state):
        return (int(random_state.randint(1, 101)),) * int(random_state.randint(0, 4))


def main(file, seed):
    warnings.simplefilter("ignore")
    rows = numpy.loadtxt(file, delimiter=",", skiprows=1)
    regressor = MLPRegressor(
        batch_size=BATCH,
        max_iter=EPOCHS,
        early_stopping=True,
        n_iter_no_change=PATIENCE,
        tol=0,
        random_state=seed,
    )
    search = RandomizedSearchCV(
        make_pipeline(StandardScaler(), regressor),
        {
            "mlpregressor__hidden_layer_sizes": Layers(),
            "mlpregressor__learning_rate_init": loguniform(3e-4, 3e-2),
        },
        n_iter=TRIALS,
        scoring="neg_mean_squared_error",
        cv=KFold(FOLDS, shuffle=True, random_state=seed),
        random_state=seed,
        refit=False,
    )
    begin = time.monotonic()
    search.fit(rows[:, :-1], rows[:, -1])
    print(-search.best_score_, time.monotonic() - begin)


main(sys.argv[1], int(sys.argv[2]))
