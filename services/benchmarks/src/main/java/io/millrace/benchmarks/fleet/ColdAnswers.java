package io.millrace.benchmarks.fleet;

import io.millrace.benchmarks.serving.ServerProcess;
import io.millrace.predictor.PredictorMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** A predictor of a fleet in a process of its own, which is asked about each key once. */
final class ColdAnswers {
  private static final int WARM_UP = 500;
  private static final int ASKED = 1000;
  private static final double MICROS = 1000;
  private static final String REQUEST =
      """
      {"parameters": {"key": "%s"},
       "inputs": [{"name": "features", "shape": [1, %d], "datatype": "FP32", "data": [%s]}]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String model;
  private final int port;

  ColdAnswers(String model, int port) {
    this.model = model;
    this.port = port;
  }

  /** Prints how long the answers of models took that are on disk, and the predictor's memory. */
  void measure(Path settings, int models) throws IOException, InterruptedException {
    try (ServerProcess predictor = ServerProcess.java(PredictorMain.class, settings.toString())) {
      long begun = System.nanoTime();
      predictor.awaitReadiness(port);
      double ready = (System.nanoTime() - begun) / 1e9;
      int[] keys = new SplittableRandom(2).ints(WARM_UP + ASKED, 0, models).distinct().toArray();
      double[] micros = new double[keys.length];
      for (int i = 0; i < keys.length; i++) {
        micros[i] = ask(keys[i]);
      }
      double[] cold = Arrays.copyOfRange(micros, Math.min(WARM_UP, keys.length / 2), keys.length);
      Arrays.sort(cold);
      System.out.printf(
          Locale.ROOT,
          "cold answers=%d median=%.0fus p99=%.0fus max=%.0fus ready=%.1fs resident=%.0fMiB%n",
          cold.length,
          cold[cold.length / 2],
          cold[cold.length * 99 / 100],
          cold[cold.length - 1],
          ready,
          predictor.residentMebibytes());
    }
  }

  private double ask(int key) throws IOException, InterruptedException {
    String zeros = "0,".repeat(KeyedRecords.FIELDS - 1) + "0";
    String body = REQUEST.formatted(KeyedRecords.key(key), KeyedRecords.FIELDS, zeros);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/v2/models/%s/infer".formatted(port, model)))
            .POST(BodyPublishers.ofString(body))
            .build();
    long begun = System.nanoTime();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    double micros = (System.nanoTime() - begun) / MICROS;
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
    return micros;
  }
}
