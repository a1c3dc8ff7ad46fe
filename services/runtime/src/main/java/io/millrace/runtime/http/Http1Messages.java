package io.millrace.runtime.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages of an HTTP/1.1 connection and reports them to its {@link ConnectionLife}. An
 * answer is the connection's last one where it has to be [1]: when the server stops; if the
 * request's body has not arrived completely; after a request with Transfer-Encoding, or of HTTP/1.0
 * with Content-Length. Netty does not distinguish the latter from requests with both headers, or
 * with two lengths, which may smuggle another request.
 *
 * <p>Comes before Vert.x's own handler. Confined to the connection's event loop.
 *
 * <p>[1] RFC 9112, HTTP/1.1, sections 6.3 and 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises are passed on
final class Http1Messages extends ChannelDuplexHandler {
  /** The smallest answer that compression helps, in bytes. */
  private static final int LEAST_COMPRESSED = 1024;

  private static final HttpProblem BADLY_CHUNKED =
      new HttpProblem(HttpProblem.BAD_REQUEST, "the body is not well chunked");
  private static final HttpProblem UNKNOWN_CODING =
      new HttpProblem(
          HttpProblem.NOT_IMPLEMENTED,
          "the only Transfer-Encoding that is understood is chunked, once");

  private final ConnectionLife life;
  private int begun;
  private int whole;
  private int answered;
  private boolean unclear;
  private boolean answering;
  private boolean isLast;

  private Http1Messages(ConnectionLife life) {
    this.life = life;
  }

  /** Adds the handler, and one that compresses answers for clients that accept it. */
  static void addBefore(ChannelHandlerContext http, ConnectionLife life) {
    http.pipeline()
        .addBefore(
            http.name(),
            null,
            new HttpContentCompressor(
                LEAST_COMPRESSED,
                StandardCompressionOptions.gzip(),
                StandardCompressionOptions.deflate()))
        .addBefore(http.name(), null, new Http1Messages(life));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (life.end().hasBegun() || isLast) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      if (!begin(context, request)) {
        ReferenceCountUtil.release(message);
        return;
      }
    } else if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        refuse(context, BADLY_CHUNKED);
        return;
      }
      if (content instanceof LastHttpContent && whole < begun) {
        whole++;
        life.bodyCame();
      }
    }
    context.fireChannelRead(message);
  }

  /** Begins a request; returns whether it may be handled. */
  private boolean begin(ChannelHandlerContext context, HttpRequest request) {
    HttpProblem problem = problem(request);
    if (problem != null) {
      refuse(context, problem);
      return false;
    }
    begun++;
    life.headCame();
    unclear |= isUnclear(request);
    if (request.decoderResult().isSuccess() && isBodiless(request)) {
      whole++; // it may be answered before its end is read
      life.bodyCame();
    }
    return true;
  }

  /** Returns why a request is refused, for the reasons that {@link RequestChecks} cannot see. */
  private static @Nullable HttpProblem problem(HttpRequest request) {
    if (!isOurVersion(request)) {
      return new HttpProblem(
          HttpProblem.VERSION_NOT_SUPPORTED, "HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here");
    }
    if (request.decoderResult().isFailure()) {
      return null; // refused later through Vert.x
    }
    if (request.headers().contains("")) {
      return new HttpProblem(HttpProblem.BAD_REQUEST, "a header field has no name");
    }
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty() || isChunkedAlone(codings) ? null : UNKNOWN_CODING;
  }

  /** RFC 9110, 2.5: a later minor version of HTTP/1 is answered as HTTP/1.1. */
  private static boolean isOurVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean isHttp1 = version.protocolName().equals("HTTP") && version.majorVersion() == 1;
    if (isHttp1 && version.minorVersion() > 1) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    return isHttp1;
  }

  private static boolean isBodiless(HttpRequest request) {
    return !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0;
  }

  /** Returns whether another server may see a different end of the request. */
  private static boolean isUnclear(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || (request.protocolVersion().minorVersion() == 0 && HttpUtil.isContentLengthSet(request));
  }

  private static boolean isChunkedAlone(List<String> codings) {
    return codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked");
  }

  /** Refuses the last message and stops reading. Earlier calls in flight are lost. */
  private void refuse(ChannelHandlerContext context, HttpProblem problem) {
    if (answering || answered < whole) {
      context.close();
    } else {
      life.end().refuse(HttpResponseStatus.valueOf(problem.status()), problem.message());
    }
    isLast = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise;
    if (message instanceof HttpResponse response && !isInterim(response)) {
      answering = true;
      isLast = isLast || life.isLeaving() || unclear || whole == answered;
      if (response instanceof HttpContent body && isCompressible(body)) {
        response.headers().add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
      }
      if (isLast) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (answering && message instanceof LastHttpContent) {
      answering = false;
      answered++;
      life.answered(begun > whole);
      if (isLast) {
        written = promise.unvoid();
        written.addListener(sent -> life.end().begin());
      }
    }
    context.write(message, written);
  }

  /** A close by Vert.x after an answer takes the same two steps as ours. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (answered == 0 && !life.end().hasBegun()) {
      context.close(promise);
    } else {
      life.end().begin();
      context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }
  }

  /** RFC 9110, 12.5.5: whether another client may get it compressed. */
  private static boolean isCompressible(HttpContent body) {
    return body.content().readableBytes() >= LEAST_COMPRESSED;
  }

  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
