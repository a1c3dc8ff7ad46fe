package io.millrace.runtime.tracing;

import io.millrace.runtime.Version;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The traces of this process. OpenTelemetry's own environment variables say where they go, what is
 * sampled and what the service is called [1]; without them tracing is off, and costs one look at a
 * boolean. Stops after all other services. Safe for any thread.
 *
 * <p>[1] OpenTelemetry specification, "Environment Variable Specification".
 */
public final class Tracing implements Service {
  /** The header of records and requests that names their span (W3C Trace Context). */
  public static final String HEADER = "traceparent";

  private static final String SCOPE = "io.millrace";

  /** Any of these asks for traces. */
  private static final Set<String> ASKING =
      Set.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_TRACES_EXPORTER");

  private static final Tracing OFF = new Tracing(null);
  private static volatile Tracing ofProcess = OFF;

  private final @Nullable OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private Tracing(@Nullable OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    TracerProvider provider = sdk == null ? TracerProvider.noop() : sdk.getSdkTracerProvider();
    this.tracer =
        provider.tracerBuilder(SCOPE).setInstrumentationVersion(Version.current()).build();
  }

  /** Returns the tracing of this process; it is off before {@link #begin}. */
  public static Tracing ofProcess() {
    return ofProcess;
  }

  /**
   * Begins tracing if this process's environment asks for it.
   *
   * @throws InvalidSettingsException if it asks for something that cannot be done
   */
  public static Tracing begin() {
    Tracing begun = isAskedFor(System.getenv()) ? new Tracing(configured()) : OFF;
    ofProcess = begun;
    return begun;
  }

  static boolean isAskedFor(Map<String, String> environment) {
    boolean isOff =
        "true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"))
            || "none".equalsIgnoreCase(environment.get("OTEL_TRACES_EXPORTER"));
    return !isOff
        && ASKING.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
  }

  private static OpenTelemetrySdk configured() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install(); // the SDK says by java.util.logging what it could not send
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .addPropertiesSupplier(Tracing::defaults)
          .disableShutdownHook()
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException | IllegalStateException e) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "OTEL_*",
                  "these environment variables cannot be used: "
                      + e.getMessage()
                      + "; traces go by otlp, over http/protobuf")));
    }
  }

  /** What holds where no variable says otherwise. Metrics and logs go their own ways. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.service.name", "millrace");
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    defaults.put("otel.metrics.exporter", "none");
    defaults.put("otel.logs.exporter", "none");
    return defaults;
  }

  /** Returns whether spans are made. */
  public boolean isOn() {
    return sdk != null;
  }

  public Tracer tracer() {
    return tracer;
  }

  /**
   * Returns the context that a header names; one without a span if it names none.
   *
   * @param traceparent the header's value; anybody may have written it
   */
  public static Context contextOf(@Nullable String traceparent) {
    return traceparent == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), traceparent, HeaderOnly.INSTANCE);
  }

  /** Returns the header's value that names a span. */
  public static String traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  @Override
  public String name() {
    return "tracing";
  }

  @Override
  public void start() {
    // It has begun, since services look at it when they are made.
  }

  /** Sends what has not been sent. */
  @Override
  public boolean stop(Duration patience) {
    ofProcess = OFF;
    if (sdk != null) {
      sdk.shutdown().join(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    return true; // a collector that is away keeps no process from ending
  }

  /** Reads a header's value as the only header. */
  private enum HeaderOnly implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String traceparent) {
      return List.of(HEADER);
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String key) {
      return key.equals(HEADER) ? traceparent : null;
    }
  }
}
