package io.millrace.tuning.search;

import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.GaussianMutator;
import io.jenetics.Genotype;
import io.jenetics.Mutator;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.TournamentSelector;
import io.jenetics.UniformCrossover;
import io.jenetics.util.DoubleRange;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Children of the best trials so far, by Jenetics: two parents are chosen by tournaments, their
 * genes are crossed, and some of them mutate. A gene is a parameter's place in [0, 1].
 *
 * <p>The best {@code population} trials of all generations are the parents, so what is good is
 * never lost: the (mu + lambda) strategy of H.-P. Schwefel, "Numerical Optimization of Computer
 * Models", 1981. The first trials are drawn at random.
 */
final class GeneticSampler implements Sampler {
  private static final DoubleRange PLACES = DoubleRange.of(0, 1);
  private static final int TOURNAMENT = 3;

  private final SearchSpace space;
  private final RandomSampler beginning;
  private final RandomStream random;
  private final int population;
  private final double mutation;

  /**
   * @param population how many of the best trials are parents, and how many are drawn at random
   * @param mutation the probability that a gene mutates
   */
  GeneticSampler(SearchSpace space, long seed, int population, double mutation) {
    this.space = space;
    this.beginning = new RandomSampler(space, seed);
    this.random = RandomStream.of(seed, 2);
    this.population = population;
    this.mutation = mutation;
  }

  @Override
  public Map<String, Object> ask(int number, List<FinishedTrial> earlier) {
    if (earlier.size() < population) {
      return beginning.ask(number, earlier);
    }
    RandomStream numbers = random.split(number);
    ISeq<Phenotype<DoubleGene, Double>> parents = parents(earlier, numbers.split(0));
    SplittableRandom generator = new SplittableRandom(numbers.bits(0));
    return space.at(RandomRegistry.with(generator, scoped -> child(parents)));
  }

  private double[] child(ISeq<Phenotype<DoubleGene, Double>> parents) {
    ISeq<Phenotype<DoubleGene, Double>> pair =
        new TournamentSelector<DoubleGene, Double>(TOURNAMENT).select(parents, 2, Optimize.MINIMUM);
    pair = new UniformCrossover<DoubleGene, Double>(1).alter(pair, 0).population();
    pair = new GaussianMutator<DoubleGene, Double>(mutation).alter(pair, 0).population();
    pair = new Mutator<DoubleGene, Double>(mutation / 2).alter(pair, 0).population();
    return pair.get(0).genotype().chromosome().as(DoubleChromosome.class).toArray();
  }

  private ISeq<Phenotype<DoubleGene, Double>> parents(
      List<FinishedTrial> earlier, RandomStream missing) {
    List<Phenotype<DoubleGene, Double>> parents = new ArrayList<>();
    earlier.stream()
        .sorted(
            Comparator.comparingDouble(FinishedTrial::score)
                .thenComparingInt(FinishedTrial::number))
        .limit(population)
        .forEach(
            trial -> {
              Genotype<DoubleGene> genes = genotype(trial, missing.split(trial.number()));
              parents.add(Phenotype.of(genes, 0, trial.score()));
            });
    return ISeq.of(parents);
  }

  /** A parameter that the trial did not have gets a random gene: its child may need one. */
  private Genotype<DoubleGene> genotype(FinishedTrial trial, RandomStream missing) {
    DoubleGene[] genes = new DoubleGene[space.parameters().size()];
    for (int i = 0; i < genes.length; i++) {
      Parameter parameter = space.parameters().get(i);
      Object value = trial.values().get(parameter.name());
      double place = value == null ? missing.uniform(i) : parameter.place(value);
      genes[i] = DoubleGene.of(Math.min(place, Math.nextDown(1.0)), PLACES);
    }
    return Genotype.of(DoubleChromosome.of(genes));
  }
}
