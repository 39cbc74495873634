package org.lapse.architecture.planted.hotpath.access.gate;

import jakarta.persistence.EntityManager;

record AsksTheDatabase(EntityManager entities) {}
