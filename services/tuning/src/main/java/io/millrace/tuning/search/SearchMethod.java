package io.millrace.tuning.search;

import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.function.BiFunction;

/**
 * How a search proposes trials and how it gives them up.
 *
 * @param name {@code random}, {@code grid}, {@code tpe}, {@code hyperband} or {@code genetic}
 */
public record SearchMethod(String name, SearchSpace space, Sampler sampler, Pruner pruner) {
  private static final int STARTUP = 10;
  private static final int CANDIDATES = 24;

  private static final Registry<BiFunction<Section, Start, SearchMethod>> METHODS =
      new Registry<>("type", "how the next trial is chosen", "random");
  private static final Registry<BiFunction<Section, Start, Pruner>> PRUNING =
      new Registry<>("type", "which trials are given up before their end", "none");

  static {
    METHODS.put("random", (section, start) -> start.method("random", start.random()));
    METHODS.put("grid", SearchMethod::grid);
    METHODS.put("tpe", SearchMethod::tpe);
    METHODS.put("hyperband", SearchMethod::hyperband);
    METHODS.put("genetic", SearchMethod::genetic);
    PRUNING.put("none", (section, start) -> new Unpruned(start.width()));
    PRUNING.put("asha", SearchMethod::asha);
    PRUNING.put("hyperband", (section, start) -> new Hyperband(start.epochs(), eta(section)));
  }

  /**
   * Reads {@code space}, {@code method}, {@code pruning} and {@code parallel} of the section {@code
   * search}. Problems are reported there.
   *
   * @param seed all proposals are a function of it
   * @param epochs the most that a trial trains
   */
  public static SearchMethod read(Section search, long seed, int epochs) {
    int width =
        search
            .integer("parallel", "how many trials are proposed together, on any number of cores")
            .atLeast(1)
            .atMost(1024)
            .orElse(4);
    Section pruning = search.typed("pruning", "none");
    Start unpruned = new Start(SearchSpace.read(search), seed, epochs, new Unpruned(width));
    Pruner pruner = PRUNING.reader(pruning).apply(pruning, unpruned);
    Section method = search.typed("method", "tpe");
    return METHODS.reader(method).apply(method, unpruned.with(pruner));
  }

  private static SearchMethod grid(Section section, Start start) {
    int points =
        section
            .integer("points", "how many values a number without a step gets")
            .atLeast(2)
            .atMost(1000)
            .orElse(5);
    GridSampler grid = new GridSampler(start.space(), points);
    if (grid.limit().orElse(0) > GridSampler.MOST) {
      section.report("", "has more than " + GridSampler.MOST + " combinations; narrow the space");
    }
    return start.method("grid", grid);
  }

  private static SearchMethod tpe(Section section, Start start) {
    int startup =
        section
            .integer("startup_trials", "how many trials are drawn at random first")
            .atLeast(1)
            .orElse(STARTUP);
    int candidates =
        section
            .integer("candidates", "how many values are drawn for each that is tried")
            .atLeast(1)
            .atMost(10_000)
            .orElse(CANDIDATES);
    return start.method("tpe", start.densities(startup, candidates));
  }

  /**
   * Brackets of trials that densities propose: S. Falkner et al., "BOHB: Robust and Efficient
   * Hyperparameter Optimization at Scale", ICML 2018. With proposals at random it is Hyperband as
   * its paper has it, which is the method {@code random} with the pruning {@code hyperband}.
   */
  private static SearchMethod hyperband(Section section, Start start) {
    if (!(start.pruner() instanceof Unpruned)) {
      section.report("", "is hyperband, which prunes by itself; leave out pruning");
    }
    Pruner pruner = new Hyperband(start.epochs(), eta(section));
    Sampler sampler = start.densities(STARTUP, CANDIDATES);
    return start.with(pruner).method("hyperband", sampler);
  }

  private static SearchMethod genetic(Section section, Start start) {
    int population =
        section
            .integer("population", "how many of the best trials are parents of the next")
            .atLeast(2)
            .orElse(10);
    double mutation =
        section
            .decimal("mutation", "probability that a setting of a child changes")
            .atLeast(0)
            .atMost(1)
            .orElse(0.3);
    return start.method(
        "genetic", new GeneticSampler(start.space(), start.seed(), population, mutation));
  }

  private static Pruner asha(Section section, Start start) {
    int first =
        section.integer("first_rung", "epochs before the first decision").atLeast(1).orElse(1);
    return SuccessiveHalving.of(start.width(), eta(section), first, start.epochs());
  }

  private static int eta(Section section) {
    return section.integer("eta", "one of so many trials goes on at a rung").atLeast(2).orElse(3);
  }

  private record Start(SearchSpace space, long seed, int epochs, Pruner pruner) {
    Sampler random() {
      return new RandomSampler(space, seed);
    }

    Sampler densities(int startup, int candidates) {
      return new TreeParzenEstimator(space, seed, startup, candidates);
    }

    int width() {
      return pruner.width(0);
    }

    Start with(Pruner other) {
      return new Start(space, seed, epochs, other);
    }

    SearchMethod method(String name, Sampler sampler) {
      return new SearchMethod(name, space, sampler, pruner);
    }
  }
}
