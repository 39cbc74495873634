package org.lapse.architecture.planted.hotpath.session;

import jakarta.transaction.Transactional;

/** Uses the database. */
@Transactional
public class Rows {}
