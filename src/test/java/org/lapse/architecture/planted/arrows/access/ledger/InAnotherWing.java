package org.lapse.architecture.planted.arrows.access.ledger;

/** A room of another wing. */
final class InAnotherWing {}
