package io.millrace.predictor.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ModelSignature.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The likeliest classes of rows in the form of the classification extension [1]: {@code
 * score:index:label}, the likeliest first.
 *
 * <p>[1] Classification extension, triton-inference-server/server.
 */
public final class Ranking {
  private Ranking() {}

  /**
   * Returns {@code rows * output.ranked()} texts.
   *
   * @param values the network's output, {@code [rows, width]}
   */
  static List<ByteString> of(float[] values, int firstRow, int rows, Output output) {
    List<ByteString> texts = new ArrayList<>(rows * output.ranked());
    for (int row = firstRow; row < firstRow + rows; row++) {
      float[] scores = scores(values, row, output);
      IntStream.range(0, scores.length)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer index) -> scores[index]).reversed())
          .limit(output.ranked())
          .map(index -> text(scores[index], index, output.classes().get(index)))
          .forEach(texts::add);
    }
    return texts;
  }

  /** Returns the label in such a text. */
  public static String label(String text) {
    return text.split(":", 3)[2];
  }

  /**
   * Returns a score per class. A single number is the score of the second of two classes; mirrored
   * at the boundary, it is the score of the first.
   */
  private static float[] scores(float[] values, int row, Output output) {
    int width = output.width();
    float[] scores = new float[output.classes().size()];
    if (width == 1) {
      scores[0] = 2 * output.boundary() - values[row];
      scores[1] = values[row];
    } else {
      System.arraycopy(values, row * width, scores, 0, width);
    }
    return scores;
  }

  private static ByteString text(float score, int index, ByteString label) {
    return ByteString.copyFrom(score + ":" + index + ":", UTF_8).concat(label);
  }
}
