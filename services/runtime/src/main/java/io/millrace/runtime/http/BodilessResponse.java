package io.millrace.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The answer to HEAD over HTTP/2: that to GET without its body [1]. Vert.x omits the body only over
 * HTTP/1.1, and clients treat one as a protocol error. This is a proxy, because Vert.x has no
 * wrapper for responses, and only three of their many methods differ.
 *
 * <p>[1] RFC 9110, HTTP Semantics, section 9.3.2.
 */
final class BodilessResponse implements InvocationHandler {
  private final HttpServerResponse response;

  private BodilessResponse(HttpServerResponse response) {
    this.response = response;
  }

  static HttpServerResponse of(HttpServerResponse response) {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            BodilessResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            new BodilessResponse(response));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "write":
        return Future.succeededFuture();
      case "end", "send":
        return response.end();
      default:
        Object result = call(method, arguments);
        return result == response ? proxy : result; // calls can be chained
    }
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(response, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
