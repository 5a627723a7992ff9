package io.paybeacon.bench.probe;

/**
 * What a server did to one client, in nanoseconds between its own stamps: from the return of the
 * read that completed a question to the call of the write that answers it.
 *
 * @param tls from the client's hello to the server's flight; 0 without TLS
 * @param server from the request to the first bytes of the response
 * @param transfer from the first bytes of the response to the last
 */
record Delays(long tls, long server, long transfer) {}
