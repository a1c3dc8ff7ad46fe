package io.millrace.runtime;

/** The names of key-value pairs in log events. Each thing has one name throughout Millrace. */
public final class LogKeys {
  public static final String ADDRESS = "address";
  public static final String CALLER = "caller";
  public static final String COMMAND = "command";
  public static final String ID = "id";
  public static final String LEARNING_RATE = "learning_rate";
  public static final String LEVEL = "new_level";
  public static final String LOGGER = "changed_logger";
  public static final String MODEL = "model";
  public static final String OFFSET = "offset";
  public static final String PARTITION = "partition";
  public static final String PATH = "path";
  public static final String REASON = "reason";
  public static final String RECORDS = "records";
  public static final String ROUND = "round";
  public static final String SERVICE = "service";
  public static final String TOPIC = "topic";
  public static final String VERSION = "version";

  private LogKeys() {}
}
