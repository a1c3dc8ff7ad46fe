package io.millrace.tuning.search;

import io.millrace.learning.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * Every trial anew, each parameter on its own: J. Bergstra, Y. Bengio, "Random Search for
 * Hyper-Parameter Optimization", JMLR 13, 2012.
 */
final class RandomSampler implements Sampler {
  private final SearchSpace space;
  private final RandomStream random;

  RandomSampler(SearchSpace space, long seed) {
    this.space = space;
    this.random = RandomStream.of(seed, 0);
  }

  @Override
  public Map<String, Object> ask(int number, List<FinishedTrial> earlier) {
    RandomStream numbers = random.split(number);
    double[] places = new double[space.parameters().size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = numbers.uniform(i);
    }
    return space.at(places);
  }
}
