package org.lapse.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Optional;

/** On which of this machine's addresses does somebody listen? Found out by trying to listen there oneself. */
final class ListeningAddresses {
    private ListeningAddresses() {}

    /** An address beyond loopback on which that port is taken; empty where it is free on all of them. */
    static Optional<InetAddress> firstFromOutside(int port) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .filter(address -> isTaken(address, port))
                .findFirst();
    }

    private static boolean isTaken(InetAddress address, int port) {
        try (ServerSocket attempt = new ServerSocket(port, 1, address)) {
            return !attempt.isBound();
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("in use");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
