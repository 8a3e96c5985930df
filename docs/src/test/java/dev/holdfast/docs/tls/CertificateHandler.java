package dev.holdfast.docs.tls;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

@SocketController("devices")
class CertificateHandler {

	@OnOpen
	void open(SocketConnection connection) throws SSLPeerUnverifiedException {
		SSLSession session = connection.sslSession().orElseThrow();
		connection.bindUser(session.getPeerPrincipal().getName());
	}

}
