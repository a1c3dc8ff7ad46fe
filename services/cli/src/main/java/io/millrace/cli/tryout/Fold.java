package io.millrace.cli.tryout;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.scores.Score;
import io.millrace.client.Output;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.Holdout;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A model that is trained without some of the rows, and then judged by them. It is trained as a
 * trainer would from a topic, early stopping included. Confined to one thread.
 */
final class Fold {
  private final ModelDefinition definition;
  private final Learner learner;
  private final RecordDecoder decoder;

  Fold(Configuration configuration) {
    definition = configuration.definition();
    LearnerSettings settings = configuration.trainer().learner();
    learner = new Learner(definition, settings);
    decoder = configuration.records().decoder(definition, settings.validation(), learner.context());
  }

  /** Trains on examples, pass after pass, until early stopping or the most passes. */
  void train(List<Example> examples, int mostPasses, BooleanSupplier stopRequested) {
    for (int pass = 0;
        pass < mostPasses && learner.progress().phase().trains() && !stopRequested.getAsBoolean();
        pass++) {
      examples.forEach(this::take);
    }
    learner.flush();
  }

  /** Adds the answers for examples to a score. */
  void judge(List<Example> examples, Score score) {
    Inference inference = new Inference(definition, 1);
    inference.load(new Model(definition, learner.weights()));
    int width = inference.outputWidth(0);
    for (Example example : examples) {
      decoder.decode(example.value(), inference.rows());
      inference.rows().advance();
      inference.run();
      score.add(new Output(Arrays.copyOf(inference.output(0), width), 1), 0, example.label());
    }
  }

  private void take(Example example) {
    decoder.decode(example.value(), learner.batch());
    if (learner.holdsOut(Holdout.hashOf(example.key()))) {
      learner.validate();
    } else {
      learner.train();
    }
  }
}
