package io.millrace.runtime.kafka;

import io.millrace.settings.Secret;
import io.millrace.settings.Section;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the broker is, and the client properties that come from the settings.
 *
 * <p>Any of the properties may hold a password, so none of their values ever prints. {@link
 * ClientProperties} makes Kafka's properties of them.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param properties client properties by Kafka's names
 */
public record KafkaSettings(String bootstrapServers, Map<String, Secret> properties) {
  private static final String ADDRESS = "([^\\s:,]+|\\[[^\\s,]+]):\\d{1,5}";
  private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(\\s*,\\s*" + ADDRESS + ")*");

  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** Reads the section {@code kafka}. */
  public static KafkaSettings read(Section kafka) {
    String bootstrapServers =
        kafka
            .text("bootstrap_servers", "The brokers to ask first.")
            .check("host:port, several with commas", text -> ADDRESSES.matcher(text).matches())
            .required();
    Section properties = kafka.section("properties");
    Map<String, Secret> read = new LinkedHashMap<>();
    properties
        .remaining("Any Kafka client property, such as security.protocol.")
        .forEach(
            (key, value) -> {
              String name = ClientProperties.nameOf(key);
              if (ClientProperties.RESERVED.contains(name)) {
                properties.report(key, "is " + value + "; allowed: leaving it to Millrace");
              }
              read.put(name, new Secret(value));
            });
    return new KafkaSettings(bootstrapServers, read);
  }

  /** Returns whether no name of a broker can be resolved now; it asks the system's resolver. */
  boolean hasUnknownHostsOnly() {
    return Stream.of(bootstrapServers.split(","))
        .map(String::strip)
        .allMatch(KafkaSettings::isUnknown);
  }

  private static boolean isUnknown(String address) {
    try {
      return InetAddress.getAllByName(address.substring(0, address.lastIndexOf(':'))).length == 0;
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
