package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;

/** A user's name and password. */
public record Login(Secret user, Secret password) {}
