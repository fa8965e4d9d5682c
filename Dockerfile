# syntax=docker/dockerfile:1
# Build stage: the jar, taken apart so that a new version changes only the last layer.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
# the embedded PostgreSQL stays out: a container is given a database
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -q -Dquick package \
 && java -Djarmode=tools -jar target/xenpatch.jar extract --layers --destination layers \
 && rm layers/dependencies/lib/embedded-postgres-binaries-*.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 xenpatch \
 && useradd --system --uid 10001 --gid xenpatch --home-dir /app --no-create-home --shell /usr/sbin/nologin xenpatch \
 && install -d -o xenpatch -g xenpatch -m 0700 /data
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001
# inside a container loopback would reach nobody; publish the port on the host's loopback (docker-compose.yml)
ENV SERVER_ADDRESS=0.0.0.0 \
    XENPATCH_DATA_DIRECTORY=/data
# The root file system may be read-only: /data keeps the encryption key unless one is configured, /tmp is scratch.
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}\" && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "xenpatch.jar"]
