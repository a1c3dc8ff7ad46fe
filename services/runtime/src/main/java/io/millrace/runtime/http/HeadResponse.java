package io.millrace.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a HEAD request over HTTP/2: of the body there is the length alone (RFC 9110,
 * 9.3.2). Vert.x sees to that over HTTP/1.1 only. A proxy, as the interface has sixty methods, of
 * which those that end it with a body are another.
 */
final class HeadResponse {
  private static final Class<?>[] INTERFACE = {HttpServerResponse.class};

  private final HttpServerResponse response;

  private HeadResponse(HttpServerResponse response) {
    this.response = response;
  }

  /** Returns a response that sends no body. */
  static HttpServerResponse of(HttpServerResponse response) {
    HeadResponse head = new HeadResponse(response);
    return (HttpServerResponse)
        Proxy.newProxyInstance(HeadResponse.class.getClassLoader(), INTERFACE, head::invoke);
  }

  private @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("end") && arguments != null) {
      Buffer body =
          arguments[0] instanceof String text ? Buffer.buffer(text) : (Buffer) arguments[0];
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      return response.end();
    }
    try {
      Object result = method.invoke(response, arguments);
      return result == response ? proxy : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
