//! What the twin worlds do not touch: refusals, many readers at once, enumeration and memory.

#[cfg(test)]
mod tests {
    use candour_links::{Graph, GraphBuilder, Link, LinkLabel, LinksError, NodeNo};
    use candour_model::{
        id::{EntityNo, MarkingNo, PropNo},
        types::TypeKind,
        visible::Visible,
    };

    const OPEN: MarkingNo = MarkingNo(0);

    fn link(source: NodeNo, target: NodeNo) -> Link {
        Link { label: LinkLabel::Property(PropNo(7)), source, target, needs: (OPEN, OPEN) }
    }

    /// A square mesh of entities, each linked to the next in its row and column.
    fn mesh(side: u32) -> Graph {
        let mut builder = GraphBuilder::default();
        for number in 0..side * side {
            builder.entity(EntityNo(number), OPEN);
            if number % side > 0 {
                builder.link(link(NodeNo(number - 1), NodeNo(number)));
            }
            if number >= side {
                builder.link(link(NodeNo(number - side), NodeNo(number)));
            }
        }
        builder.finish(|entity| entity).unwrap()
    }

    #[test]
    fn what_cannot_be_numbered_is_refused() {
        let mut unknown = GraphBuilder::default();
        let value = unknown.value(TypeKind::Phone, "+441632960001");
        unknown.link(link(value, NodeNo(value.0 + 1)));
        assert_eq!(unknown.finish(|entity| entity).unwrap_err(), LinksError::UnknownValue(value.0 + 1));
        let mut large = GraphBuilder::default();
        large.entity(EntityNo(u32::MAX), OPEN);
        assert!(matches!(large.finish(|entity| entity), Err(LinksError::TooManyNodes(_))));
        assert_eq!(GraphBuilder::default().finish(|entity| entity).unwrap().find_value(TypeKind::Phone, ""), None);
    }

    #[test]
    fn nodes_of_no_graph_do_not_exist() {
        let graph = mesh(2);
        let view = graph.view(&Visible::from_iter([OPEN]));
        for node in [NodeNo(4), NodeNo(u32::MAX), NodeNo(1 << 31)] {
            assert!(!view.exists(node));
            assert_eq!((view.degree(node), view.neighbours(node, 3).nodes.len(), view.path(node, NodeNo(0), 9)), (0, 0, None));
        }
    }

    #[test]
    fn readers_at_once_get_what_each_would_alone() {
        let side = 16;
        let graph = mesh(side);
        let view = graph.view(&Visible::from_iter([OPEN]));
        let last = side * side - 1;
        let ask = |at: u32| (view.path(NodeNo(at), NodeNo(last - at), 99), view.neighbours(NodeNo(at), 5), view.degree(NodeNo(at)));
        let alone: Vec<_> = (0..last).map(ask).collect();
        std::thread::scope(|scope| {
            for turn in 0..4 {
                let (ask, alone) = (&ask, &alone);
                scope.spawn(move || (0..last).map(|at| (at + turn * 60) % last).for_each(|at| assert_eq!(ask(at), alone[at as usize])));
            }
        });
        // Distances in a mesh are sums of differences.
        for (at, (path, ..)) in (0..).zip(&alone) {
            let distance = (at % side).abs_diff((last - at) % side) + (at / side).abs_diff((last - at) / side);
            assert_eq!(path.as_ref().map(|path| path.links.len()), Some(distance as usize));
        }
    }

    #[test]
    fn many_paths_are_cut_off_aloud() {
        let graph = mesh(9);
        let view = graph.view(&Visible::from_iter([OPEN]));
        // Ways through a mesh of 8 by 8 steps: 16 over 8.
        let (paths, more) = view.all_shortest_paths(NodeNo(0), NodeNo(80), 16, 20_000);
        assert_eq!((paths.len(), more), (12_870, false));
        let (first, more) = view.all_shortest_paths(NodeNo(0), NodeNo(80), 16, 12_869);
        assert_eq!((first.as_slice(), more), (&paths[..12_869], true));
        assert_eq!(view.all_shortest_paths(NodeNo(0), NodeNo(80), 15, 20_000), (Vec::new(), false));
    }

    #[test]
    fn memory_is_a_few_words_a_link() {
        let links = 2 * 200 * 199;
        let per_link = mesh(200).bytes() / links;
        assert!((20..40).contains(&per_link), "{per_link} bytes a link");
    }

    /// Words on one pair, in the order in which they were said: whether the same, and the markings they rest on.
    fn joined(words: &[(bool, &[u16])], seen: &[u16]) -> bool {
        let mut builder = GraphBuilder::default();
        for entity in [EntityNo(0), EntityNo(1)] {
            builder.entity(entity, MarkingNo(0));
        }
        for (is_same, needs) in words {
            let needs: Vec<MarkingNo> = needs.iter().map(|no| MarkingNo(*no)).collect();
            builder.judge(EntityNo(1), EntityNo(0), *is_same, &needs);
        }
        let visible: Visible = seen.iter().map(|no| MarkingNo(*no)).collect();
        builder.finish(|entity| entity).unwrap().view(&visible).cluster(EntityNo(0)).len() == 2
    }

    #[test]
    fn a_word_counts_for_those_who_see_what_it_rests_on() {
        for (words, seen, expected) in [
            (&[(true, &[0_u16][..])][..], &[0_u16][..], true),
            (&[(true, &[0, 1])], &[0], false),
            (&[(true, &[0, 1])], &[0, 1], true),
            (&[(true, &[0]), (false, &[0])], &[0], false),
            (&[(false, &[0]), (true, &[0])], &[0], true),
            // A hidden later word does not silence a visible earlier one.
            (&[(true, &[0]), (false, &[1])], &[0], true),
            (&[(true, &[0]), (false, &[1])], &[0, 1], false),
            (&[(false, &[0]), (true, &[1])], &[0], false),
            (&[], &[0], false),
        ] {
            assert_eq!(joined(words, seen), expected, "{words:?} for {seen:?}");
        }
    }
}
