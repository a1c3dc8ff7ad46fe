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
 * The brokers, and the client properties from the settings.
 *
 * <p>Any property may hold a password, so their values never print. {@link ClientProperties} turns
 * them into Kafka's properties.
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

  /** Returns whether no broker's host name resolves. May block on the system's resolver. */
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
