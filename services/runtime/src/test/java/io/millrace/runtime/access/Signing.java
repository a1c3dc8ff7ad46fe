package io.millrace.runtime.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** An issuer of tokens with its own key. */
final class Signing {
  static final String ISSUER = "https://issuer.example";

  private final ECKey key;

  Signing() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
  }

  /** Returns the text of the key file. */
  String keys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** Returns a token for {@code millrace}. */
  String token(String scope, Instant end) throws JOSEException {
    return token(scope, end, ISSUER, "millrace");
  }

  String token(String scope, Instant end, String issuer, String audience) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("key-1")
                .type(JOSEObjectType.JWT)
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .claim("scope", scope)
                .expirationTime(Date.from(end))
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
