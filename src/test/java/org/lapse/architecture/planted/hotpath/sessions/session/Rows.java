package org.lapse.architecture.planted.hotpath.sessions.session;

import jakarta.transaction.Transactional;

/** Uses the database. */
@Transactional
public class Rows {}
