package io.millrace.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.learning.RivalProgress;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of rivals, with the label {@code rival}. The series of a rival that was replaced ends;
 * without rivals there are none.
 *
 * <p>Updated by the training thread, a few times a second. Scrapes read the newest progress.
 */
final class RivalMetrics {
  private final MeterRegistry registry;
  private final Supplier<TrainerProgress> newest;
  private final MultiGauge shares;
  private final MultiGauge losses;
  private final MultiGauge learningRates;
  private List<String> names = List.of();

  RivalMetrics(MeterRegistry registry, Supplier<TrainerProgress> newest) {
    this.registry = registry;
    this.newest = newest;
    shares = gauge("share", "A rival's weight in the combined answer; 1 over all rivals.");
    losses = gauge("loss", "A rival's fading mean loss before learning; NaN before the first.");
    learningRates = gauge("learning.rate", "The learning rate of a rival's next step.");
  }

  /** Begins and ends series where the rivals are others than before. */
  void measured(TrainerProgress now) {
    List<String> present = now.learning().rivals().stream().map(RivalProgress::name).toList();
    if (!present.equals(names)) {
      names = present;
      register(shares, RivalProgress::share);
      register(losses, RivalProgress::loss);
      register(learningRates, RivalProgress::learningRate);
    }
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder("millrace.trainer.rival." + name)
        .description(description)
        .register(registry);
  }

  private void register(MultiGauge gauge, ToDoubleFunction<RivalProgress> value) {
    gauge.register(
        names.stream()
            .<Row<?>>map(name -> Row.of(Tags.of("rival", name), () -> value(name, value)))
            .toList());
  }

  private double value(String name, ToDoubleFunction<RivalProgress> value) {
    return newest.get().learning().rivals().stream()
        .filter(rival -> rival.name().equals(name))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
