package org.lapse.architecture.planted.hotpath.gate;

import jakarta.persistence.EntityManager;

record AsksTheDatabase(EntityManager entities) {}
