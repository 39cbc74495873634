/**
 * May this call of somebody else's service pass?
 *
 * <p>A proxy asks before it passes a call on. Each {@link org.lapse.access.gate.GateServlet} reads one proxy's dialect
 * and no other's, so that nobody can say in one what a proxy did not say in its own; {@link org.lapse.access.gate.Gate}
 * decides by the ledger alone, the deadline first, and records the activity. It answers 200 or 401 and nothing else:
 * whatever fails, the call does not pass. This is asked for every call of every service, so nothing here meets the
 * database, writes a log or makes what it could have kept. Imports {@code session} and what that imports; nobody
 * imports it.
 */
package org.lapse.access.gate;
