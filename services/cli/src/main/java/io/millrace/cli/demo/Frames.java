package io.millrace.cli.demo;

import io.millrace.cli.embedded.Replay;
import io.millrace.trainer.training.TrainerProgress;
import java.util.function.Supplier;

/** Combines the progress of trainer, replay and predictor. Confined to one thread. */
final class Frames {
  private final Supplier<TrainerProgress> trainer;
  private final Replay replay;
  private final LetterStream stream;
  private final long begin = System.nanoTime();

  Frames(Supplier<TrainerProgress> trainer, Replay replay, LetterStream stream) {
    this.trainer = trainer;
    this.replay = replay;
    this.stream = stream;
  }

  Frame next(Frame.Served served) {
    return new Frame(
        (System.nanoTime() - begin) / 1e9,
        replay.produced(),
        stream.records(),
        trainer.get(),
        served);
  }
}
