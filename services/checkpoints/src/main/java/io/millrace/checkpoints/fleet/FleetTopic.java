package io.millrace.checkpoints.fleet;

/**
 * The names by which a fleet and its predictors meet. The topic of the checkpoints is the changelog
 * of the store that Kafka Streams keeps them in, so nothing is written twice.
 */
public final class FleetTopic {
  /** The store of the checkpoints by key. */
  public static final String STORE = "checkpoints";

  private static final byte[] TEMPLATE_KEY = {};

  private FleetTopic() {}

  /** Returns the Kafka Streams application id of a model's fleet. */
  public static String applicationId(String model) {
    return model + ".fleet";
  }

  /**
   * Returns the compacted topic of a fleet's checkpoints: {@code
   * <model>.fleet-checkpoints-changelog}.
   */
  public static String of(String model) {
    return applicationId(model) + "-" + STORE + "-changelog";
  }

  /** Returns the key of the template, which no record of a fleet can have: it is empty. */
  public static byte[] templateKey() {
    return TEMPLATE_KEY.clone();
  }

  /** Returns whether a key is the template's. */
  public static boolean isTemplate(byte[] key) {
    return key.length == 0;
  }
}
