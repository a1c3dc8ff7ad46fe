package io.millrace.runtime.access;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What callers may do by the certificates that they have shown (mutual TLS): all of them {@link
 * Role#INFER}, those of operators everything.
 */
final class Certificates implements Authority {
  private final Set<X500Principal> operators;

  /**
   * @param operators the subjects of operators' certificates
   */
  Certificates(Set<X500Principal> operators) {
    this.operators = Set.copyOf(operators);
  }

  @Override
  public @Nullable Denial denial(HttpServerRequest request, Role needed) {
    // There is no connection without a certificate of the right authority.
    return Role.INFER.covers(needed) || isOperator(request.connection())
        ? null
        : Denial.forbidden("the certificate does not allow this");
  }

  private boolean isOperator(HttpConnection connection) {
    try {
      return connection.peerCertificates().get(0) instanceof X509Certificate certificate
          && operators.contains(certificate.getSubjectX500Principal());
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
