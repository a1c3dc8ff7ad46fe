# The joiner: its own jar, the jars it needs, nothing else.
#
#   mvn -Dquick package
#   docker build -t millrace/joiner -f docker/joiner.Dockerfile services/joiner/target
#
# BASE is any image with a JRE 17 or newer as `java`; the state store's native library wants glibc.
ARG BASE=eclipse-temurin:17-jre
FROM ${BASE}

COPY lib/ /opt/millrace/lib/

# Half of the memory is for the state store, which is outside of the heap. Its library is unpacked
# to /tmp, where its files lie too unless join.state_dir says otherwise.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"

USER 10001:10001
EXPOSE 9091

ENTRYPOINT ["java", "-cp", "/opt/millrace/lib/*", "io.millrace.joiner.JoinerMain"]
CMD ["/etc/millrace/model.yaml"]
